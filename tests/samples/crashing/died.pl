sub total {
    die "no cart";    # @0.1 -
}
total();
