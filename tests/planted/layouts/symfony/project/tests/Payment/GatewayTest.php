<?php

namespace App\Tests\Payment;

use App\Payment\Gateway;
use PHPUnit\Framework\TestCase;

final class GatewayTest extends TestCase
{
    public function testItTakesATestToken(): void
    {
        $token = 'TEST-0000000000000000-000000-aaaa';
        self::assertInstanceOf(Gateway::class, new Gateway($token));
    }
}
