"""A shop's payments: ⟦ and ⟧ in a comment say where a unit begins and ends."""
import asyncio
from dataclasses import dataclass

RETRIES = 3


@dataclass  # ⟦class Payment
class Payment:
    amount: int
    currency: str = "€"

    @property  # ⟦function Payment.label
    # a comment between a decorator and its function
    @functools.cache
    def label(self):
        def rounded(value):  # ⟦function Payment.label.rounded
            return round(value, 2)  # ⟧

        return f"{rounded(self.amount)} {self.currency}"  # ⟧

    class Meta:  # ⟦class Payment.Meta
        ordering = ["amount"]

        def describe(self): return self.ordering  # ⟦function Payment.Meta.describe⟧ ⟧ ⟧


async def capture(payment):  # ⟦function capture
    for attempt in range(RETRIES):
        try:
            return await asyncio.sleep(attempt)
        except TimeoutError:

            class Retry(Exception):  # ⟦class capture.Retry
                pass  # ⟧

            raise Retry from None  # ⟧


if RETRIES:

    def fallback():  # ⟦function fallback
        return lambda: None  # ⟧
