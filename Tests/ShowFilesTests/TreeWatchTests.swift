import Glibc
import ShowFiles
import Testing

@Suite("Watching a show")
struct TreeWatchTests {
  @Test("a file that is being written is growing until it is closed; only then is the show another")
  func growing() throws {
    let tree = try TestTree()
    try tree.write("Titles/1.png", TestTree.png)
    var watch = try TreeWatch()
    let problems = watch.follow(try tree.read().folders)
    #expect(problems.isEmpty)
    let news1 = watch.read()
    #expect(!news1)
    let path = "\(tree.path)/Titles/2.png"
    let file = open(path, O_CREAT | O_WRONLY, 0o644)
    let news2 = watch.read()
    #expect(news2)
    #expect(write(file, TestTree.png, 8) == 8)
    let news3 = watch.read()
    #expect(!news3)
    let growing = watch.growing
    #expect(growing == [path])
    close(file)
    let news4 = watch.read()
    #expect(news4)
    let left = watch.growing
    #expect(left.isEmpty)
  }

  @Test("renaming, removing and making a folder are changes; what happens elsewhere is none")
  func changes() throws {
    let tree = try TestTree()
    try tree.write("Titles/1.png", TestTree.png)
    try tree.write("Scripts/deep/x.txt", "x")
    var watch = try TreeWatch()
    _ = watch.follow(try tree.read().folders)
    #expect(rename("\(tree.path)/Titles/1.png", "\(tree.path)/Titles/2.png") == 0)
    let news5 = watch.read()
    #expect(news5)
    #expect(unlink("\(tree.path)/Titles/2.png") == 0)
    let news6 = watch.read()
    #expect(news6)
    #expect(mkdir("\(tree.path)/Logos", 0o755) == 0)
    let news7 = watch.read()
    #expect(news7)
    try tree.write("Scripts/deep/x.txt", "y")
    let news8 = watch.read()
    #expect(!news8)
  }
}
