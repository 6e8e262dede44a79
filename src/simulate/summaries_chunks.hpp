// Lists of doubles that many threads grow at once, in chunks of one size that are used again.
// Interface: ChunkPool (shared), ChunkCache (of one thread), ChunkList. Values are strewn over a
// list in the order they came; a chunk that has a successor is full.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace fleetcast {

struct Chunk {
    Chunk* next = nullptr; // the values follow
    double* values() { return reinterpret_cast<double*>(this + 1); }
};

/// `at` is where the next value goes, in the last chunk, and `end` is the end of that chunk.
struct ChunkList {
    Chunk *head = nullptr, *tail = nullptr;
    double *at = nullptr, *end = nullptr;
};

class ChunkPool {
public:
    /// Chunks of `doubles` values.
    explicit ChunkPool(std::size_t doubles) : doubles_(doubles) {}

    std::size_t doubles() const { return doubles_; }
    /// A chain of some chunks.
    Chunk* take();
    void give(Chunk* first, Chunk* last);
    /// Ever taken from the system [byte].
    std::size_t bytes() const;

private:
    std::size_t doubles_;
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Chunk[]>> slabs_; // raw memory in steps of a Chunk
    std::size_t used_ = 0;                        // chunks carved from the last slab
    Chunk* free_ = nullptr;
};

class ChunkCache {
public:
    explicit ChunkCache(ChunkPool& pool) : pool_(&pool) {}
    ChunkCache(ChunkCache&& other) noexcept : pool_(other.pool_), free_(other.free_) {
        other.free_ = nullptr;
    }
    ChunkCache& operator=(ChunkCache&&) = delete;
    ~ChunkCache();

    void append(ChunkList& list, std::span<const double> values);
    /// Empties the list; its chunks can be used again by anyone.
    void clear(ChunkList& list);
    /// The values of the list, a span for each chunk, in order.
    template <class Visit> void visit(const ChunkList& list, Visit&& visit) const {
        for (Chunk* chunk = list.head; chunk; chunk = chunk->next) {
            double* const first = chunk->values();
            double* const last = chunk->next ? first + pool_->doubles() : list.at;
            visit(std::span(first, last));
        }
    }

private:
    ChunkPool* pool_;
    Chunk* free_ = nullptr;
};

} // namespace fleetcast
