'use strict'
const config = require('config')
const express = require('express')
const { WebhookEventVerifier } = require('@onfido/api')

const app = express()
const verifier = new WebhookEventVerifier(config.get('onfido.webhookToken'))

app.post('/onfido', express.raw({ type: '*/*' }), (request, response) => {
  verifier.readPayload(request.body, request.get('X-SHA2-Signature'))
  response.sendStatus(200)
})
app.listen(config.get('server.port'))
