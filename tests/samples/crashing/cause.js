function open() {
  throw new TypeError("closed"); // @1.1 open
}
function total() {
  try {
    open(); // @1.2 total
  } catch (cause) {
    throw new Error("no cart", { cause }); // @0.1 total
  }
}
total(); // @0.2 Object.<anonymous>  @1.3 Object.<anonymous>
