import { headers } from 'next/headers'
import { stripe } from '@/lib/stripe'

export async function POST(request: Request) {
  const body = await request.text()
  const signature = headers().get('stripe-signature') ?? ''
  try {
    const event = stripe.webhooks.constructEvent(body, signature, process.env.STRIPE_WEBHOOK_SECRET!)
    if (event.type === 'checkout.session.completed') {
      // fulfil once: the event id is the key
    }
    return new Response(null, { status: 200 })
  } catch {
    return new Response('bad signature', { status: 400 })
  }
}
