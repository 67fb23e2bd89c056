package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	if os.Getenv("MIDTRANS_SERVER_KEY") == "" {
		log.Fatal("MIDTRANS_SERVER_KEY is not set")
	}
	http.HandleFunc("/live", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
