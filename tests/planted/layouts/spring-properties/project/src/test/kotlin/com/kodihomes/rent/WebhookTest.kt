package com.kodihomes.rent

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class WebhookTest {
    private val secret = "test-webhook-secret"
    private val token = "sandbox_token_for_tests"

    @Test
    fun `an invalid signature is refused`() {
        assertEquals(498, status(secret, token, "{}"))
    }

    private fun status(secret: String, token: String, body: String) = if (body.isEmpty()) 204 else 498
}
