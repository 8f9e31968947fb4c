'use strict';
// a comment
export const capture = async (payment) => { // ⟦function capture
  const retry = (times) => times - 1; // ⟦function capture.retry⟧
  return retry(3);
}; // ⟧

export class Cart extends Base { // ⟦class Cart
  #items = [];

  constructor(items) { // ⟦function Cart.constructor
    super();
    this.#items = items;
  } // ⟧

  get total() { return this.#items.length; } // ⟦function Cart.total⟧

  static #secret() {} // ⟦function Cart.#secret⟧

  ['computed name']() { // ⟦function Cart.computed name
    return 1;
  } // ⟧

  onClick = (event) => { // ⟦function Cart.onClick
    event.stop();
  }; // ⟧

  plain = 3;
} // ⟧

function* numbers() { // ⟦function numbers
  yield 1;
} // ⟧

const one = 1, two = function () { // ⟦function two
  return 2;
}; // ⟧

export { one };
function afterExport() {} // ⟦function afterExport⟧

const { taken } = apart, [alsoTaken] = apart;

const api = {
  get() { // ⟦function get
    return fetch('/');
  }, // ⟧
  'quoted-key': () => 2, // ⟦function quoted-key⟧
  plain: 1,
};

module.exports.pay = function () { // ⟦function pay
  return api;
}; // ⟧
Cart.prototype.refund = function () {}; // ⟦function Cart.refund⟧
module.exports = class { // ⟦class exports
  close() {} // ⟦function exports.close⟧
}; // ⟧

describe('cart', () => {
  function inCallback() { // ⟦function inCallback
    return <Cart items={[]} />;
  } // ⟧
});

export default function () { // ⟦function default
  return capture;
} // ⟧
