import { PayPalButtons, PayPalScriptProvider } from '@paypal/react-paypal-js'

const options = { clientId: import.meta.env.VITE_PAYPAL_CLIENT_ID, currency: 'USD' }

export const Checkout = ({ order }) => (
  <PayPalScriptProvider options={options}>
    <PayPalButtons createOrder={() => order.create()} onApprove={() => order.capture()} />
  </PayPalScriptProvider>
)
