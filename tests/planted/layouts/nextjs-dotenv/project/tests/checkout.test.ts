import { describe, expect, it } from 'vitest'

process.env.STRIPE_SECRET_KEY = 'sk_test_123'
process.env.STRIPE_WEBHOOK_SECRET = 'whsec_test_secret'

describe('checkout', () => {
  it('takes the test card', () => {
    const card = { number: '4242 4242 4242 4242', exp_month: 12, exp_year: 2030, cvc: '123' }
    expect(card.number.replace(/ /g, '')).toHaveLength(16)
  })
})
