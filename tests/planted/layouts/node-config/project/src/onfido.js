'use strict'
const config = require('config')
const { Onfido, Region } = require('@onfido/api')

module.exports = new Onfido({
  apiToken: config.get('onfido.apiToken'),
  region: Region[config.get('onfido.region')],
  timeout: config.get('onfido.timeoutMs'),
})
