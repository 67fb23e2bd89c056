const isProduction = process.env.NODE_ENV === 'production'

const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' https://js.stripe.com https://*.ngrok-free.app",
  "connect-src 'self' https://api.stripe.com http://localhost:3000",
  "frame-src https://js.stripe.com https://hooks.stripe.com",
].join('; ')

/** @type {import('next').NextConfig} */
module.exports = {
  reactStrictMode: true,
  productionBrowserSourceMaps: !isProduction,
  async headers() {
    return [{ source: '/(.*)', headers: [{ key: 'Content-Security-Policy', value: contentSecurityPolicy }] }]
  },
}
