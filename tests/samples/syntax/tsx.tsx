type Props = { total: number };

export function Total({ total }: Props) { // ⟦function Total
  const shown = () => <b>{total}</b>; // ⟦function Total.shown⟧
  return <p title="€">{shown()}</p>;
} // ⟧

const Cart: React.FC<Props> = (props) => { // ⟦function Cart
  return (
    <div onClick={() => {
      function clicked() { // ⟦function Cart.clicked
        alert(props.total);
      } // ⟧
      clicked();
    }} />
  );
}; // ⟧

export default class extends Component<Props> { // ⟦class default
  render() { return <Cart total={1} />; } // ⟦function default.render⟧
} // ⟧
