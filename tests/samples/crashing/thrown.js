class Cart {
  constructor(items) {
    this.items = items;
  }
  get total() {
    return this.items.map((item) => item.price.amount); // @0.1 *  @0.2 *
  }
}
const anonymous = [() => new Cart([{}]).total]; // @0.3 *
function run() {
  return anonymous[0](); // @0.4 run
}
run(); // @0.5 Object.<anonymous>
