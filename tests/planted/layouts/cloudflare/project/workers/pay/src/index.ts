export interface Env {
  APP_ENV: string
  PAYSTACK_PUBLIC_KEY: string
  PAYSTACK_SECRET_KEY: string
  ORDERS: KVNamespace
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const url = new URL(request.url)
    if (url.pathname === '/config') return Response.json({ key: env.PAYSTACK_PUBLIC_KEY })
    const answer = await fetch('https://api.paystack.co/transaction/initialize', {
      method: 'POST',
      headers: { authorization: `Bearer ${env.PAYSTACK_SECRET_KEY}` },
      body: await request.text(),
    })
    return new Response(answer.body, answer)
  },
}
