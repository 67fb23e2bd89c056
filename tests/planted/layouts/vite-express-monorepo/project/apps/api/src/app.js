import express from 'express'
import helmet from 'helmet'

export const app = express()
app.use(
  helmet({
    contentSecurityPolicy: {
      directives: {
        scriptSrc: ["'self'", 'https://www.paypal.com', 'https://www.sandbox.paypal.com'],
        connectSrc: ["'self'", 'https://api-m.paypal.com', 'https://api-m.sandbox.paypal.com'],
      },
    },
  }),
)
app.get('/healthz', (_, response) => response.send('ok'))
