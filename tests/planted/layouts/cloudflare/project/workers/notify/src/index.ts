export default {
  async fetch(request: Request): Promise<Response> {
    const signature = request.headers.get('x-paystack-signature')
    if (signature === null) return new Response('no signature', { status: 401 })
    return new Response('ok')
  },
}
