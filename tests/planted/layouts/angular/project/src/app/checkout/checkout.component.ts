import { Component, inject } from '@angular/core';

import { environment } from '../../environments/environment';
import { SquareService } from './square.service';

@Component({ selector: 'kc-checkout', templateUrl: './checkout.component.html' })
export class CheckoutComponent {
  private readonly square = inject(SquareService);

  async pay(): Promise<void> {
    const payments = await this.square.payments(environment.squareApplicationId, environment.squareLocationId);
    const card = await payments.card();
    await card.attach('#card');
  }
}
