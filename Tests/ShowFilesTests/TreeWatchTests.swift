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
    #expect(watch.follow(try tree.read().folders).isEmpty)
    #expect(!watch.read())
    let path = "\(tree.path)/Titles/2.png"
    let file = open(path, O_CREAT | O_WRONLY, 0o644)
    #expect(watch.read())
    #expect(write(file, TestTree.png, 8) == 8)
    #expect(!watch.read())
    #expect(watch.growing == [path])
    close(file)
    #expect(watch.read())
    #expect(watch.growing.isEmpty)
  }

  @Test("renaming, removing and making a folder are changes; what happens elsewhere is none")
  func changes() throws {
    let tree = try TestTree()
    try tree.write("Titles/1.png", TestTree.png)
    try tree.write("Scripts/deep/x.txt", "x")
    var watch = try TreeWatch()
    _ = watch.follow(try tree.read().folders)
    #expect(rename("\(tree.path)/Titles/1.png", "\(tree.path)/Titles/2.png") == 0)
    #expect(watch.read())
    #expect(unlink("\(tree.path)/Titles/2.png") == 0)
    #expect(watch.read())
    #expect(mkdir("\(tree.path)/Logos", 0o755) == 0)
    #expect(watch.read())
    try tree.write("Scripts/deep/x.txt", "y")
    #expect(!watch.read())
  }
}
