package main

import (
	"log"
	"net/http"
	"os"

	"github.com/shambacredit/api/internal/config"
	"github.com/shambacredit/api/internal/live"
)

func main() {
	settings, err := config.Load(os.Getenv("APP_ENV"))
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/live", live.Handler)
	log.Fatal(http.ListenAndServe(settings.Server.Addr, nil))
}
