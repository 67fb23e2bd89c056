import { expect, it } from 'vitest'

process.env.PAYPAL_MODE = 'sandbox'
process.env.PAYPAL_CLIENT_ID = 'test-client'

it('asks the sandbox in tests', async () => {
  const url = 'https://api-m.sandbox.paypal.com/v1/oauth2/token'
  expect(new URL(url).host).toContain('sandbox')
})
