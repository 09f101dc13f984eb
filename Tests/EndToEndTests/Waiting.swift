import Testing

/// Looks again and again, for a minute and a half, until it is so.
func wait(_ what: String, until condition: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(90)
  while try await !condition() {
    try #require(ContinuousClock.now < end, "waited in vain: \(what)")
    try await Task.sleep(for: .milliseconds(20))
  }
}
