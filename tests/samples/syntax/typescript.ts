import { Component } from 'framework';

@Component({ // ⟦class CartComponent
  selector: 'cart',
})
export class CartComponent<T extends Item> implements OnInit {
  @Input() items: T[] = [];

  constructor(private readonly http: Http) {} // ⟦function CartComponent.constructor⟧

  @HostListener('click') // ⟦function CartComponent.total
  total(): number {
    return this.items.length;
  } // ⟧

  handler = (event: Event): void => { // ⟦function CartComponent.handler
    event.preventDefault();
  }; // ⟧
} // ⟧

abstract class Base { // ⟦class Base
  abstract price(): number;

  name(): string { return 'base'; } // ⟦function Base.name⟧
} // ⟧

export interface Item { // ⟦class Item
  price: number;
  discount(by: number): void;
} // ⟧

enum Currency { // ⟦class Currency
  EUR = '€',
} // ⟧

namespace Payments.Retry {
  export function capture(times: number): number { // ⟦function Payments.Retry.capture
    return times;
  } // ⟧
}

function overloaded(value: string): void;
function overloaded(value: number): void;
function overloaded(value: unknown): void { // ⟦function overloaded
  const twice = <U,>(given: U): U[] => [given, given]; // ⟦function overloaded.twice⟧
  twice(value);
} // ⟧

export const fetchCart = async (id: string): Promise<Item | undefined> => { // ⟦function fetchCart
  return undefined;
}; // ⟧

declare module 'untyped' {
  interface Thing { // ⟦class untyped.Thing
    name: string;
  } // ⟧
}
