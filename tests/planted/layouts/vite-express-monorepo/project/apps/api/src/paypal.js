import { Client, Environment } from '@paypal/paypal-server-sdk'

const live = process.env.PAYPAL_MODE === 'live'

export const client = new Client({
  clientCredentialsAuthCredentials: {
    oAuthClientId: process.env.PAYPAL_CLIENT_ID,
    oAuthClientSecret: process.env.PAYPAL_CLIENT_SECRET,
  },
  environment: live ? Environment.Production : Environment.Sandbox,
})
