use strict;
use Carp qw(confess);

package Cart;

sub total {
    my ($items) = @_;
    Carp::confess("no cart");    # @0.1 -
}

package main;

sub run { Cart::total([1, "a b"]) }    # @0.2 Cart::total
eval { run() };                        # @0.3 main::run  @0.4 eval {...}
die $@;
