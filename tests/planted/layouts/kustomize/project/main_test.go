package main

import (
	"os"
	"testing"
)

func TestServerKey(t *testing.T) {
	os.Setenv("MIDTRANS_SERVER_KEY", "SB-Mid-server-test")
	os.Setenv("MIDTRANS_BASE_URL", "https://api.sandbox.midtrans.com")
	if os.Getenv("MIDTRANS_SERVER_KEY") == "" {
		t.Fatal("not set")
	}
}
