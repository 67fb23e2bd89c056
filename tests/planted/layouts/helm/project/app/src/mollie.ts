import { createMollieClient } from '@mollie/api-client'

const apiKey = process.env.MOLLIE_API_KEY
if (apiKey === undefined) throw new Error('MOLLIE_API_KEY')

export const mollie = createMollieClient({ apiKey })
export const isTest = apiKey.startsWith('test_')
