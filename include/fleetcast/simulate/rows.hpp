// Rows of lanes: one number for each trial of a block. Interface: RowArena.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <vector>

namespace fleetcast {

/// Hands out rows of `width` numbers, aligned for any vector; they live as long as the arena.
class RowArena {
public:
    /// `width`: a multiple of 8.
    explicit RowArena(std::size_t width) : width_(width) {}

    /// A row of zeros.
    double* row() {
        if (next_ == rows_per_chunk) {
            chunks_.emplace_back(static_cast<double*>(::operator new[](
                rows_per_chunk* width_ * sizeof(double), std::align_val_t(alignment))));
            next_ = 0;
        }
        double* const row = chunks_.back().get() + next_++ * width_;
        for (std::size_t i = 0; i < width_; ++i)
            row[i] = 0;
        return row;
    }

    std::size_t width() const { return width_; }

private:
    static constexpr std::size_t alignment = 64;
    static constexpr std::size_t rows_per_chunk = 32;
    struct Free {
        void operator()(double* chunk) const {
            ::operator delete[](chunk, std::align_val_t(alignment));
        }
    };
    std::size_t width_;
    std::size_t next_ = rows_per_chunk;
    std::vector<std::unique_ptr<double, Free>> chunks_;
};

} // namespace fleetcast
