process.env.MOLLIE_API_KEY = 'test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM'

import { isTest } from '../src/mollie'

test('tests use a test key', () => expect(isTest).toBe(true))
