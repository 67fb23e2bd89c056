<?php

namespace App\Payment;

use MercadoPago\Client\Preference\PreferenceClient;
use MercadoPago\MercadoPagoConfig;

final class Gateway
{
    public function __construct(string $accessToken)
    {
        MercadoPagoConfig::setAccessToken($accessToken);
    }

    public function checkoutUrl(array $items): string
    {
        $preference = (new PreferenceClient())->create(['items' => $items]);

        return $preference->init_point;
    }
}
