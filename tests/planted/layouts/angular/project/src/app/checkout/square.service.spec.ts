import { SquareService } from './square.service';

describe('SquareService', () => {
  const squareApplicationId = 'sandbox-sq0idb-spec';
  const nonce = 'cnon:card-nonce-ok';

  it('loads the script of the sandbox', () => {
    const url = 'https://sandbox.web.squarecdn.com/v1/square.js';
    expect(url + squareApplicationId + nonce).toContain('sandbox');
    expect(new SquareService()).toBeTruthy();
  });
});
