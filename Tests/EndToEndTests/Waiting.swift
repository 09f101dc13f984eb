import LiveSupport
import Testing

/// Looks again and again, for a minute and a half, until it is so.
func wait(_ what: String, until condition: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(90)
  while try await !condition() {
    try #require(ContinuousClock.now < end, "waited in vain: \(what)")
    try await Task.sleep(for: .milliseconds(20))
  }
}

/// The numbers of the lights that are lit.
func lights(_ controller: FakeNanoKontrol2) throws -> Set<Int> {
  Set(try controller.answer(to: "lights").split(separator: " ").compactMap { Int($0) })
}

func press(_ number: Int, _ controller: FakeNanoKontrol2) throws {
  try controller.tell("cc \(number) 127")
  try controller.tell("cc \(number) 0")
}
