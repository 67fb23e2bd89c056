import Stripe from 'stripe'

const secretKey = process.env.STRIPE_SECRET_KEY
if (!secretKey) {
  throw new Error('STRIPE_SECRET_KEY is not set (sk_test_... locally, sk_live_... in production)')
}

export const stripe = new Stripe(secretKey, {
  apiVersion: '2024-06-20',
  maxNetworkRetries: 2,
  timeout: 20_000,
})
