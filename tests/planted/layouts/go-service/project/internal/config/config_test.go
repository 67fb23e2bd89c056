package config

import "testing"

func TestLoad(t *testing.T) {
	config := Config{Lipa: LipaHaraka{
		BaseURL:     "http://127.0.0.1:9999",
		APIKey:      "test-api-key",
		CallbackURL: "https://example.com/callback",
	}}
	if config.Lipa.APIKey == "" {
		t.Fatal("no key")
	}
}
