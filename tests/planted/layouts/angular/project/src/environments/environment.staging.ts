export const environment = {
  production: true,
  name: 'staging',
  apiUrl: 'https://api.staging.kahawacart.com/api',
  squareEnvironment: 'sandbox',
  squareApplicationId: '@@join(sandbox-sq0idb-,URsV1gYG6EB,Vz6xC0lQFGI)@@',
  squareLocationId: 'LSTG4M2N9BV7C',
  squareScriptUrl: 'https://sandbox.web.squarecdn.com/v1/square.js',
  debug: true,
};
