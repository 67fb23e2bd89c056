'use strict'
const assert = require('node:assert')
const test = require('node:test')

test('sandbox tokens say so', () => {
  const apiToken = 'api_sandbox.abc.def'
  assert.match(apiToken, /sandbox/)
})
