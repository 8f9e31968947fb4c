const later = () => new Promise((resolve) => setTimeout(resolve, 1));
async function price() {
  await later();
  throw new RangeError("no price"); // @0.1 price
}
async function total() {
  return await price(); // @0.2 total
}
await total(); // @0.3 *
