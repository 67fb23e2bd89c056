export const environment = {
  production: true,
  name: 'production',
  apiUrl: 'https://api.kahawacart.com/api',
  squareEnvironment: 'production',
  squareApplicationId: '@@join(sq0idp-,gS1fZCk0Fxp,Azm7N16fZUo)@@',
  squareLocationId: 'L8K3J5H7G9F1D',
  squareScriptUrl: 'https://web.squarecdn.com/v1/square.js',
  debug: false,
};
