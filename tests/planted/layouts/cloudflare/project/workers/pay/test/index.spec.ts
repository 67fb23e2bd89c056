import { expect, it } from 'vitest'

const env = { PAYSTACK_PUBLIC_KEY: 'pk_test_spec', PAYSTACK_SECRET_KEY: 'sk_test_spec' }

it('shows the public key alone', () => {
  expect(JSON.stringify({ key: env.PAYSTACK_PUBLIC_KEY })).not.toContain('sk_')
})
