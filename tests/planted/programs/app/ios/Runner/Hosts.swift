enum Hosts {
    static let sessionLive = "https://api.begini.co/"
}
