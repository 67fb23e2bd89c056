<?php

namespace Tests\Feature;

use Tests\TestCase;

class WebhookTest extends TestCase
{
    public function test_a_forged_event_is_refused(): void
    {
        config(['services.razorpay.key_id' => 'rzp_test_1234567890', 'services.razorpay.webhook_secret' => 'secret']);
        $this->postJson('/webhooks/razorpay', [], ['X-Razorpay-Signature' => 'x'])->assertStatus(400);
    }
}
