// The laws of conservation that hold in every trial (rules.md, C1): of units in every period, of
// money at the end. Those of payments are in payments.cpp, those of demand in demand.cpp.
#include <fleetcast/simulate/block.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fleetcast {

/// [C1] for units.
void Block::check_conservation(std::size_t i) {
    Source& source = sources_[i];
    const double* in_service = zero_;
    if (source.pools.size() == 1) {
        in_service = pools_[source.pools.front()].units;
    } else {
        kernels_->fill(scratch_, 0, n_);
        for (const std::size_t k : source.pools)
            kernels_->add(scratch_, pools_[k].units, n_);
        in_service = scratch_;
    }
    for (const std::size_t k : source.pools)
        kernels_->depart(source.gone, pools_[k].figures[PoolQuantity::retired].row,
                         pools_[k].figures[PoolQuantity::lost].row, n_);
    if (kernels_->conserved(source.opening, source.cumulative, source.warehouse, in_service,
                            source.gone, conservation_slack, n_) ||
        failure())
        return;
    for (std::size_t l = 0; l < n_; ++l) {
        const double came = source.opening[l] + source.cumulative[l];
        const double went = source.warehouse[l] + in_service[l] + source.gone[l];
        if (std::fabs(came - went) <= conservation_slack * std::max(came, 1.0))
            continue;
        const std::string path = "sources." + plan_->sources[i].name;
        if (!std::isfinite(came + went))
            values_.fail({path, "has more units than a number can hold"});
        else
            values_.fail(
                {path,
                 fmt::format("units are not conserved: {} came, {} are accounted for", came, went),
                 true});
        return;
    }
}

/// [C1] for the cost of hardware and sites: what came is in the books, charged or written off.
void Block::check_books() {
    for (std::size_t i = 0; i < sources_.size() && !failure(); ++i) {
        const Source& source = sources_[i];
        if (!source.accrues)
            continue;
        const Product stock = source.figures[SourceQuantity::warehouse_book];
        kernels_->sum(scratch_, &stock, stock ? 1 : 0, nullptr, 0, n_);
        for (const std::size_t k : source.pools)
            if (const Product book = pools_[k].figures[PoolQuantity::book_value])
                kernels_->add(scratch_, book.row, n_);
        check_money("sources." + plan_->sources[i].name, source.came, scratch_, source.went);
    }
    for (std::size_t j = 0; j < sites_.size() && !failure(); ++j) {
        const Site& site = sites_[j];
        const Product book = site.figures[SiteQuantity::book_value];
        if (site.accrual.book)
            check_money("sites." + plan_->sites[j].name, site.came, book ? book.row : zero_,
                        site.went);
    }
}

void Block::check_money(const std::string& path, const double* came, const double* book,
                        const double* went) {
    if (kernels_->conserved(came, zero_, book, zero_, went, conservation_slack, n_))
        return;
    for (std::size_t l = 0; l < n_; ++l) {
        const double is_there = book[l] + went[l];
        if (std::fabs(came[l] - is_there) <= conservation_slack * std::max(came[l], 1.0))
            continue;
        if (!std::isfinite(came[l] + is_there))
            values_.fail({path, "costs more than a number can hold"});
        else
            values_.fail({path,
                          fmt::format("money is not conserved: {} was spent, {} is accounted for",
                                      came[l], is_there),
                          true});
        return;
    }
}

} // namespace fleetcast
