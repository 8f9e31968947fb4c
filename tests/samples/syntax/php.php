<?php

namespace Shop\Payments;

#[Entity] // ⟦class Cart
final class Cart extends Base
{
    private int $total = 0;

    #[Pure] // ⟦function Cart.total
    public function total(): int
    {
        $twice = function (int $x) { return 2 * $x; };
        return $twice($this->total);
    } // ⟧

    abstract protected function declared(): void;
} // ⟧

interface Payer // ⟦class Payer
{
    public function pay(int $amount): void;
} // ⟧

trait Refunds { function refund() { return '€'; } } // ⟦class Refunds ⟦function Refunds.refund⟧ ⟧

enum Currency: string // ⟦class Currency
{
    case Euro = 'EUR';

    public static function any(): self { return self::Euro; } // ⟦function Currency.any⟧
} // ⟧

function capture() // ⟦function capture
{
    function inner() {} // ⟦function capture.inner⟧
} // ⟧
