/// The word of a list that somebody most likely meant; `nil` where none is near.
public func nearest(to word: String, among words: some Sequence<String>) -> String? {
  let limit = max(1, word.count / 2)
  var best: (word: String, distance: Int)?
  for candidate in words where abs(candidate.count - word.count) <= limit {
    let distance = editDistance(Array(word.lowercased()), Array(candidate.lowercased()))
    if distance <= limit, best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
  }
  return best?.word
}

/// What to say of a wrong word: the nearest right one, or all of them.
public func advice(for word: String, among words: [String]) -> String {
  nearest(to: word, among: words).map { "did you mean \($0)?" } ?? "known are \(listed(words))"
}

/// The number of letters to insert, remove, exchange or swap with their neighbour.
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var (before, row) = ([Int](), Array(0...b.count))
  for (i, letter) in a.enumerated() {
    var next = [i + 1] + row.dropFirst()
    for (j, other) in b.enumerated() {
      next[j + 1] = min(row[j + 1] + 1, next[j] + 1, row[j] + (letter == other ? 0 : 1))
      if i > 0, j > 0, letter == b[j - 1], other == a[i - 1] { next[j + 1] = min(next[j + 1], before[j - 1] + 1) }
    }
    (before, row) = (row, next)
  }
  return row[b.count]
}
