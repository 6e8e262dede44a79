// Chunks come from slabs that live as long as the pool, and are passed on in chains.
#include "summaries_chunks.hpp"

#include <algorithm>

namespace fleetcast {

namespace {

constexpr std::size_t chunks_per_slab = 64;
constexpr std::size_t chunks_per_chain = 8;

static_assert(sizeof(Chunk) == sizeof(double));

} // namespace

Chunk* ChunkPool::take() {
    const std::lock_guard lock(mutex_);
    Chunk* chain = nullptr;
    for (std::size_t i = 0; i < chunks_per_chain; ++i) {
        Chunk* chunk = free_;
        if (chunk) {
            free_ = chunk->next;
        } else {
            if (slabs_.empty() || used_ == chunks_per_slab) {
                const std::size_t steps = chunks_per_slab * (1 + doubles_);
                slabs_.push_back(std::make_unique_for_overwrite<Chunk[]>(steps));
                used_ = 0;
            }
            chunk = slabs_.back().get() + used_++ * (1 + doubles_);
        }
        chunk->next = chain;
        chain = chunk;
    }
    return chain;
}

void ChunkPool::give(Chunk* first, Chunk* last) {
    const std::lock_guard lock(mutex_);
    last->next = free_;
    free_ = first;
}

std::size_t ChunkPool::bytes() const {
    const std::lock_guard lock(mutex_);
    return slabs_.size() * chunks_per_slab * (1 + doubles_) * sizeof(double);
}

ChunkCache::~ChunkCache() {
    if (!free_)
        return;
    Chunk* last = free_;
    while (last->next)
        last = last->next;
    pool_->give(free_, last);
}

void ChunkCache::append(ChunkList& list, std::span<const double> values) {
    while (!values.empty()) {
        if (list.at == list.end) {
            if (!free_)
                free_ = pool_->take();
            Chunk* const chunk = free_;
            free_ = chunk->next;
            chunk->next = nullptr;
            (list.tail ? list.tail->next : list.head) = chunk;
            list.tail = chunk;
            list.at = chunk->values();
            list.end = list.at + pool_->doubles();
        }
        const std::size_t n = std::min<std::size_t>(values.size(), list.end - list.at);
        list.at = std::copy_n(values.data(), n, list.at);
        values = values.subspan(n);
    }
}

void ChunkCache::clear(ChunkList& list) {
    if (list.head)
        pool_->give(list.head, list.tail);
    list = {};
}

} // namespace fleetcast
