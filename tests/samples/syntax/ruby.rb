# frozen_string_literal: true

module Shop::Payments # ⟦class Shop.Payments
  class Cart < Base # ⟦class Shop.Payments.Cart
    attr_reader :items

    def initialize(items = []) # ⟦function Shop.Payments.Cart.initialize
      @items = items
    end # ⟧

    def self.build # ⟦function Shop.Payments.Cart.build
      new.tap do |cart|
        cart.items << "€"
      end
    end # ⟧

    class << self
      def parse(text) # ⟦function Shop.Payments.Cart.parse
        text
      end # ⟧
    end

    def ==(other) # ⟦function Shop.Payments.Cart.==
      items == other.items
    end # ⟧

    private def total=(value); end # ⟦function Shop.Payments.Cart.total=⟧

    def empty? = items.empty? # ⟦function Shop.Payments.Cart.empty?⟧
  end # ⟧
end # ⟧

def main # ⟦function main
  Shop::Payments::Cart.build
end # ⟧
