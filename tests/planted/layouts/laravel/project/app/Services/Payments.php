<?php

namespace App\Services;

use Razorpay\Api\Api;

final class Payments
{
    public function client(): Api
    {
        return new Api(config('services.razorpay.key_id'), config('services.razorpay.key_secret'));
    }
}
