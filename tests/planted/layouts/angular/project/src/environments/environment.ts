// `ng build` replaces this file by the one of the chosen configuration
export const environment = {
  production: false,
  name: 'development',
  apiUrl: 'http://localhost:3333/api',
  squareEnvironment: 'sandbox',
  squareApplicationId: '@@join(sandbox-sq0idb-,URsV1gYG6EB,Vz6xC0lQFGI)@@',
  squareLocationId: 'LDEV1Q7W8ZX2K',
  squareScriptUrl: 'https://sandbox.web.squarecdn.com/v1/square.js',
  debug: true,
};
